/// <reference types="node" />

import type { Stamp, Weight } from "./parts/stamps.js";
export * from "./parts/stamps.js";
export { weigh as scale } from "./parts/stamps.js";

export type Receiver = number | { box: number };
export type Maybe<T> = T | null;
export type RestOrArray<T> = T[] | [T[]];

export declare function send(to: number, subject?: string): Promise<Parcel>;
export declare function forward(to: Receiver): void;
export declare function note(to: Maybe<number>): void;
export declare function store(what: unknown): void;
export declare function keep<T>(what: T): T;
export declare function count<T extends number>(what: T): T;
export declare function find(name: string): void;
export declare function find(id: number | null): void;
export declare function either(name: string): void;
export declare function either(id: number): void;
export declare function all(...ids: number[]): void;
export declare function some(...ids: RestOrArray<number>): void;
export declare function on(event: "sent", id: number): void;
export declare function on(event: "lost", id: number | null): void;
export declare function each(work: (parcel: Parcel) => void): void;

export interface Ask {
  body: unknown;
}
export declare function answer(handler: (ask: Ask) => unknown): void;

export declare function track(what: { accountId: number }): void;

export interface Options<T = number> extends Partial<Tracked> {
  to: T;
  copy?: T;
  from: T | null;
  stamp: Stamp;
  weight?: Weight;
  lines: { id: number }[];
}

interface Tracked {
  trace: number;
}

export declare class Parcel<T = string> {
  constructor(to: number, label?: T);
  to: number;
  from: number | null;
  address(to: number): this;
  remark(about: number | null): this;
  label(text: T): this;
  ship(options: Options): void;
  readonly owner: Clerk;
}

interface Clerk {
  (id: number): void;
  ask(id: number): void;
  ask(id: null): void;
}

declare const office: { open(id: number): void; parcels: Parcel[] };
export default office;

export interface Signs extends NodeJS.Dict<string | number> {
  line: string;
}

export interface Tour<S extends Signs = Signs> {
  stops: Array<string | { signs: S; note?: number | null }>;
}

export type Plan<S extends Signs = Signs> = (day: string) => Promise<Tour<S>> | Tour<S>;
