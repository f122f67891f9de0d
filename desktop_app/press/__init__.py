"""The press: an edition and a template become print-ready pages."""
