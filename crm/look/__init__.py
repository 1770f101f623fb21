"""How the product looks: formats for people and the components that templates are built of."""
