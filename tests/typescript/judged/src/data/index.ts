export { default as database, extended as client } from "./client";
export * from "./base";
export { default as openTicket, createTicket as newTicket } from "./tickets";
export * as tickets from "./tickets";
