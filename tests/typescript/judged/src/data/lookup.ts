import type { Order } from "@prisma/client";
import { prisma } from "../db";

export interface Filed {
  order: Order;
}

export async function findOrder(id: number) {
  return prisma.order.findUniqueOrThrow({ where: { id } });
}
