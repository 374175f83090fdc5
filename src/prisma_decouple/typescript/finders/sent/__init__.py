"""What goes out to other programs and what comes in from them, where no compiler sees both sides."""
