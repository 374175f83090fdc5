declare const process: { exit(code?: number): never };
