import * as Again from "./kept";

export * as Kept from "./kept";
export { Again };
