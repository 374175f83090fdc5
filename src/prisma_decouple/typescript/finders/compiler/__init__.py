"""What the compiler says, and where: its complaints stand elsewhere than what is to be done for them."""
