"""One module per command; the file's name is the command's name. See `trainwhy.cli.app`."""
