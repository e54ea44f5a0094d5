"""The page's own parts: HTML, styles and ES modules, served as they are written."""
