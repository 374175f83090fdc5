"""What a code base serves and asks for by address: a page reads as `any` what a handler of its own server answers."""
