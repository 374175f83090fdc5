import { PrismaClient, type Reader, type Shelf } from "@prisma/client";

const prisma = new PrismaClient();

export const theme = (shelf: Shelf) => (shelf.options as Record<string, string>)["theme"];

export const anything = (shelf: Shelf) => shelf.options as unknown;

export const paint = (id: number) => prisma.shelf.update({ where: { id }, data: { options: { dark: true } } });

export const clear = (id: number) => prisma.shelf.update({ where: { id }, data: { remarks: null } });

export const empty = () => prisma.shelf.findMany({ where: { remarks: null } });

export const noted = () => prisma.shelf.findMany({ where: { remarks: { contains: "a" } } });

export const remark = (id: number, text: string) => prisma.shelf.update({ where: { id }, data: { remarks: text } });

export function choose(id: number, isAll: boolean) {
  const chosen = isAll ? ["a", "b"] : [];
  return prisma.reader.update({ where: { id }, data: { tags: chosen } });
}

export const sameCode = (reader: Reader) => prisma.receipt.findMany({ where: { code: reader.name } });

export const sameId = ({ id }: Reader) => prisma.receipt.findMany({ where: { code: id.toFixed() } });
