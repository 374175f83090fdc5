export {};

declare global {
  namespace NodeJS {
    interface Dict<T> {
      [key: string]: T | undefined;
    }
  }
}
