"""Components of Vue and Svelte, made into TypeScript with elements, so that all others look at them as at any file."""
