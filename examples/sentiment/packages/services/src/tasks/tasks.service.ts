import { TaskStatus, TaskType, type Prisma, type PrismaClient, type Task } from "@prisma/client";
import { prisma } from "../../../database/src/client";

export interface CreateTaskOptions {
  userId: string;
  integrationId: number;
  type?: TaskType;
  url?: string;
}

export class TasksService {
  private readonly model: Prisma.TaskDelegate;

  constructor(private readonly db: PrismaClient) {
    this.model = db.task;
  }

  /** Creates a task and the steps that it consists of. */
  async createTask({ userId, integrationId, type = TaskType.ANALYZE_POST, url }: CreateTaskOptions): Promise<Task> {
    return this.db.$transaction(async (tx) => {
      const task = await tx.task.create({
        data: {
          type,
          userId,
          integrationId: integrationId || 0, // 0 means that no account is connected
        },
      });
      const subTask = await tx.subTask.create({ data: { taskId: task.id, type: "FETCH_CONTENT" } });
      await tx.queueJob.create({ data: { subTaskId: subTask.id, payload: { integrationId, url } } });
      return task;
    });
  }

  /** Keeps a record of what could not be started. */
  async recordFailure(userId: string, integrationId: number): Promise<Task> {
    return this.model.create({
      data: { type: TaskType.ANALYZE_POST, status: TaskStatus.FAILED, userId, integrationId },
    });
  }

  async getTasksOfProvider(userId: string, provider: string) {
    return this.model.findMany({
      where: { userId, integration: { provider: { name: provider } } },
      include: { integration: { include: { provider: true } } },
    });
  }
}

export const taskService = new TasksService(prisma);
