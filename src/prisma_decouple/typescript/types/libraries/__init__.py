"""What the functions and types of libraries are, give and take: hooks, validators, routers, forms, stores."""
