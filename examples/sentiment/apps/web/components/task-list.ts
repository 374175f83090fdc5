import type { Prisma } from "@prisma/client";
import { prisma } from "../../../packages/database/src/client";

type TaskWithProvider = Prisma.TaskGetPayload<{ include: { integration: { include: { provider: true } } } }>;

export interface TaskRow {
  id: number;
  integrationId: number;
  provider: string;
}

export function toRow(task: TaskWithProvider): TaskRow {
  return { id: task.id, integrationId: task.integrationId, provider: task.integration.provider.name };
}

export async function loadMentions(userId: string): Promise<string[]> {
  const mentions = await prisma.mention.findMany({
    where: { post: { userId, integration: { isActive: true } } },
    include: { post: { include: { integration: { include: { provider: true } } } } },
  });
  return mentions.map((mention) => `${mention.post?.integration.provider.name}: ${mention.content}`);
}
