"""Groups of controls that several tabs use."""
