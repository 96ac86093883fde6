import { type InfiniteData, QueryClient, type UseMutationResult, type UseQueryResult } from "@tanstack/react-query";
import { describe, expectTypeOf, it } from "vitest";

import {
  createCoviuClient,
  CoviuError,
  type FrontDeskProps,
  infiniteSessionsQueryOptions,
  type Participant,
  type ParticipantCreationRequest,
  type ParticipantPage,
  participantQueryOptions,
  participantsQueryOptions,
  type Role,
  type Session,
  type SessionCreationRequest,
  type SessionListMessages,
  type SessionPage,
  sessionQueryOptions,
  type ListSessionsParams,
  sessionsQueryOptions,
  type SessionUpdateRequest,
  type UnitResponse,
  useCancelSession,
  useCreateSession,
  useInfiniteSessions,
  useNow,
  useParticipants,
  useSession,
  useSessions,
  useSessionStatus,
  useSuspenseSession,
  useUpdateParticipant,
} from "../../src/index.ts";

const client = createCoviuClient({ baseUrl: "/api/coviu" });
const queryClient = new QueryClient();

describe("data", () => {
  it("has the fields of the API, with required ids and times", () => {
    expectTypeOf<Session["session_id"]>().toEqualTypeOf<string>();
    expectTypeOf<Session["start_time"]>().toEqualTypeOf<string>();
    expectTypeOf<Session["session_name"]>().toEqualTypeOf<string | undefined>();
    expectTypeOf<Session["participants"]>().toEqualTypeOf<Participant[] | undefined>();
    expectTypeOf<Session["feature_flags"]>().toEqualTypeOf<string[] | undefined>();
    expectTypeOf<Participant["participant_id"]>().toEqualTypeOf<string>();
    expectTypeOf<Participant["entry_url"]>().toEqualTypeOf<string | undefined>();
    expectTypeOf<SessionPage["content"]>().toEqualTypeOf<Session[]>();
  });

  it("has the two roles, and allows newer ones", () => {
    expectTypeOf<Participant["role"]>().toEqualTypeOf<Role | undefined>();
    expectTypeOf<"HOST">().toExtend<Role>();
    expectTypeOf<"OBSERVER">().toExtend<Role>();
    expectTypeOf<number>().not.toExtend<Role>();
  });

  it("has the required fields of a request", () => {
    expectTypeOf<{ start_time: string; end_time: string }>().toExtend<SessionCreationRequest>();
    expectTypeOf<{ start_time: string }>().not.toExtend<SessionCreationRequest>();
    expectTypeOf<{}>().toExtend<SessionUpdateRequest>();
    expectTypeOf<SessionUpdateRequest>().not.toHaveProperty("feature_flags");
    expectTypeOf<ParticipantCreationRequest["role"]>().toEqualTypeOf<Role | undefined>();
  });
});

describe("the client", () => {
  it("needs a baseUrl and accepts no secret", () => {
    expectTypeOf<{}>().not.toExtend<Parameters<typeof createCoviuClient>[0]>();
    // @ts-expect-error -- baseUrl is missing
    createCoviuClient({});
    // @ts-expect-error -- not an option
    createCoviuClient({ baseUrl: "/api", apiSecret: "secret" });
  });
});

describe("options", () => {
  it("have the type of their data in their key", () => {
    expectTypeOf(queryClient.getQueryData(sessionsQueryOptions(client).queryKey)).toEqualTypeOf<
      SessionPage | undefined
    >();
    expectTypeOf(queryClient.getQueryData(sessionQueryOptions(client, "id").queryKey)).toEqualTypeOf<
      Session | undefined
    >();
    expectTypeOf(queryClient.getQueryData(participantsQueryOptions(client, "id").queryKey)).toEqualTypeOf<
      ParticipantPage | undefined
    >();
    expectTypeOf(queryClient.getQueryData(participantQueryOptions(client, "id").queryKey)).toEqualTypeOf<
      Participant | undefined
    >();
    expectTypeOf(queryClient.fetchInfiniteQuery(infiniteSessionsQueryOptions(client))).resolves.toHaveProperty("pages");
  });

  it("accept only parameters of the API", () => {
    sessionsQueryOptions(client, { order: "reverse", state: "chen", include_canceled: true, page_size: 200 });
    expectTypeOf<ListSessionsParams["order"]>().toEqualTypeOf<"forward" | "reverse" | undefined>();
    // @ts-expect-error -- not an order of the API
    sessionsQueryOptions(client, { order: "descending" });
    // @ts-expect-error -- not a parameter of the API
    sessionsQueryOptions(client, { limit: 5 });
  });
});

describe("hooks", () => {
  it("return TanStack's results with the kit's data and CoviuError", () => {
    expectTypeOf<ReturnType<typeof useSessions>>().toExtend<UseQueryResult<SessionPage, CoviuError>>();
    expectTypeOf<ReturnType<typeof useSession>["data"]>().toEqualTypeOf<Session | undefined>();
    expectTypeOf<ReturnType<typeof useSession>["error"]>().toEqualTypeOf<CoviuError | null>();
    expectTypeOf<ReturnType<typeof useParticipants>["data"]>().toEqualTypeOf<ParticipantPage | undefined>();
    expectTypeOf<ReturnType<typeof useInfiniteSessions>["data"]>().toExtend<InfiniteData<SessionPage> | undefined>();
    expectTypeOf<ReturnType<typeof useSuspenseSession>["data"]>().toEqualTypeOf<Session>();
    expectTypeOf<ReturnType<typeof useNow>>().toEqualTypeOf<Date | undefined>();
    expectTypeOf<NonNullable<ReturnType<typeof useSessionStatus>>["status"]>().toEqualTypeOf<
      "scheduled" | "active" | "ended" | "canceled"
    >();
  });

  it("accept an undefined id, except suspense hooks", () => {
    expectTypeOf(useSession).parameter(0).toEqualTypeOf<string | undefined>();
    expectTypeOf(useSuspenseSession).parameter(0).toEqualTypeOf<string>();
  });

  it("have the variables of a write", () => {
    expectTypeOf<ReturnType<typeof useCreateSession>>().toExtend<
      UseMutationResult<Session, CoviuError, SessionCreationRequest>
    >();
    expectTypeOf<ReturnType<typeof useCancelSession>>().toExtend<
      UseMutationResult<UnitResponse, CoviuError, { sessionId: string }>
    >();
    expectTypeOf<Parameters<ReturnType<typeof useUpdateParticipant>["mutate"]>[0]>().toExtend<{
      participantId: string;
      request: { display_name?: string | undefined };
    }>();
    // @ts-expect-error -- the kit's mutationFn can't be replaced
    useCreateSession({ mutationFn: () => Promise.reject() });
  });
});

describe("components", () => {
  it("accept a part of their texts", () => {
    expectTypeOf<{ book: string }>().toExtend<NonNullable<FrontDeskProps["messages"]>>();
    expectTypeOf<{ book: number }>().not.toExtend<NonNullable<FrontDeskProps["messages"]>>();
    expectTypeOf<{}>().not.toExtend<SessionListMessages>();
  });
});
