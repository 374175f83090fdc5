"""From what is written as a type to what it is: names, generics, mapped and conditional types, texts."""
