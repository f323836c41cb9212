"""One codec for every shape of data that is stored or travels."""
