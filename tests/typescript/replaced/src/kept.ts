export type { Reader } from "@prisma/client";

export type Named = { name: string };
