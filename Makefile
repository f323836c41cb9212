.PHONY: help
help:
	@echo "make run | test | check | bench | screens | verapdf"
