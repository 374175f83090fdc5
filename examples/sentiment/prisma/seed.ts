import { TaskType } from "@prisma/client";
import { prisma } from "../packages/database/src/client";

async function seed(): Promise<void> {
  const user = await prisma.user.create({ data: { email: "ada@example.org" } });
  const provider = await prisma.provider.create({ data: { name: "youtube" } });
  const integration = await prisma.integration.create({
    data: { accessToken: "example", user: { connect: { id: user.id } }, provider: { connect: { id: provider.id } } },
  });
  await prisma.task.create({
    data: {
      type: TaskType.FULL_SYNC,
      user: { connect: { id: user.id } },
      integration: { connect: { id: integration.id } },
    },
  });
}

void seed();
