"""One file a subcommand, each imported when it is called."""
