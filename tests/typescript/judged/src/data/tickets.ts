import db from "./client";
import type { Prisma } from "@prisma/client";

export default async function openTicket(data: { subject: string; customerId: string; accountId: number }) {
  return db.ticket.create({ data });
}

export const createTicket = async (
  input: Omit<Prisma.TicketUncheckedCreateInput, "customerId">,
  customerId: string,
) => db.ticket.create({ data: { ...input, customerId } });
