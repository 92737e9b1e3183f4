"""Ways to show a report: one module is one face, and each makes text from a `Report` alone."""
