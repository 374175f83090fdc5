import { TaskStatus } from "@prisma/client";
import { prisma } from "../../../database/src/client";

export class QueueService {
  /** Takes the oldest waiting job; null when there is nothing to do. */
  async next() {
    return prisma.$transaction(async (tx) => {
      const job = await tx.queueJob.findFirst({
        where: { subTask: { status: TaskStatus.PENDING } },
        orderBy: { createdAt: "asc" },
      });
      if (job === null) {
        return null;
      }
      await tx.subTask.update({ where: { id: job.subTaskId }, data: { status: TaskStatus.RUNNING } });
      return tx.queueJob.update({ where: { id: job.id }, data: { attempts: { increment: 1 } } });
    });
  }
}

export const queueService = new QueueService();
