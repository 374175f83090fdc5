export interface ParsedUrl {
  provider: string;
  url: string;
}

export class UnsupportedProviderError extends Error {
  constructor(readonly url: string) {
    super(`No provider is known for ${url}`);
    this.name = "UnsupportedProviderError";
  }
}

const PROVIDERS: ReadonlyArray<[name: string, hosts: RegExp]> = [
  ["youtube", /(^|\.)(youtube\.com|youtu\.be)$/],
  ["reddit", /(^|\.)reddit\.com$/],
];

export class UrlParserService {
  /** Tells which provider a URL belongs to, and drops what only tracks its reader. */
  parse(url: string): ParsedUrl {
    const match = /^https?:\/\/([^/?#]+)([^?#]*)/.exec(url);
    const provider = PROVIDERS.find(([, hosts]) => match !== null && hosts.test(match[1]));
    if (match === null || provider === undefined) {
      throw new UnsupportedProviderError(url);
    }
    return { provider: provider[0], url: match[0] };
  }
}

export const urlParserService = new UrlParserService();
