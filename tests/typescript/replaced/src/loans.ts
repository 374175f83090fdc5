import { PrismaClient } from "@prisma/client";

const prisma = new PrismaClient();

interface Librarian {
  id: number;
  motto: string;
}

interface NewLoan {
  shelfId: number;
  readerId: number;
}

export async function lend(input: NewLoan, librarian: Librarian) {
  return prisma.loan.create({
    data: {
      note: librarian.motto,
      reader: { connect: { id: input.readerId } },
      shelf: { connect: { id: input.shelfId } },
    },
  });
}
