import type { Integration, Post, Prisma } from "@prisma/client";
import { prisma } from "../../../database/src/client";

export interface FetchedPost {
  remoteId: string;
  title: string;
  url: string;
}

export class PostsService {
  async savePost(post: FetchedPost, integration: Integration): Promise<Post> {
    const { userId } = integration;
    const data = { ...post, userId, integrationId: integration.id };
    return prisma.post.upsert({
      where: { userId_remoteId: { userId, remoteId: post.remoteId } },
      create: data,
      update: { title: post.title },
    });
  }

  async savePosts(posts: FetchedPost[], integration: Integration): Promise<number> {
    const { count } = await prisma.post.createMany({
      data: posts.map((post) => ({
        ...post,
        userId: integration.userId,
        integrationId: integration.id,
      })),
      skipDuplicates: true,
    });
    return count;
  }

  async getPosts(userId: string, integrationId?: number): Promise<Post[]> {
    const where: Prisma.PostWhereInput = { userId };
    if (integrationId) {
      where.integrationId = integrationId;
    }
    return prisma.post.findMany({ where, orderBy: { createdAt: "desc" } });
  }
}

export const postsService = new PostsService();
