"""What the process stands on: paths, resources, settings, language, wording, logs, files."""
