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

const NAMED = { OR: [{ nickname: "a" }, { card: "b" }] };
const BY_CARD = { orderBy: { card: "asc" as const } };

export const allNamed = () => prisma.reader.findMany({ where: { name: "a", ...NAMED } });

export const bothNamed = () => prisma.reader.findMany({ where: { AND: [NAMED, { name: "a" }] } });

export const sorted = () => prisma.reader.findMany(BY_CARD);

export const optionsOf = (shelf: Shelf) => {
  const options = shelf.options as unknown as Record<string, string>;
  return options["theme"];
};
