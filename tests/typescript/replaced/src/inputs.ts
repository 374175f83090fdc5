import { PrismaClient } from "@prisma/client";

const prisma = new PrismaClient();

interface NewReader {
  name: string;
  tags: string[];
}

interface Renaming {
  name: string;
  points: number;
}

export async function join(input: NewReader) {
  await prisma.reader.update({
    where: { id: 1 },
    data: { ...input },
  });
  return prisma.reader.update({ where: { id: 2 }, data: { ...input, tags: undefined } });
}

export async function rename(id: number, input: Renaming) {
  const data = { name: input.name, tags: [input.name] };
  await prisma.reader.update({ where: { id }, data });
  return prisma.reader.update({ where: { id }, data: input });
}

