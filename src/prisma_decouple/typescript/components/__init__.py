"""Components of Vue, Svelte and Angular, made into TypeScript with elements: all others look at them as at any file."""
