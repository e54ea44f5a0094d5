"""How the page looks: colours, sizes, fonts."""
