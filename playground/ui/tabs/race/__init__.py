"""The two parts of the Race tab: lanes, and a grid."""
