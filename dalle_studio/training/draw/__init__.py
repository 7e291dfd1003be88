"""Drawing on a small canvas: primitives, colours, light, stamps."""
