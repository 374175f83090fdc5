import { PrismaClient } from "@prisma/client";

const globalForPrisma = globalThis as unknown as { db?: PrismaClient };

const db = globalForPrisma.db ?? new PrismaClient({ log: ["error"] });
globalForPrisma.db = db;

export default db;
export const extended = db.$extends({
  result: { order: { label: { needs: { number: true }, compute: (order) => `#${order.number}` } } },
});
export type Extended = typeof extended;
