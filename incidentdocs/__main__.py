"""`python -m incidentdocs`."""

from incidentdocs.cli import main

if __name__ == "__main__":
    main()
