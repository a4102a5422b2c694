/** Calls that look at what stands around a delivery: token, ad account, pixels. They change nothing. */
import type { Answer } from "./answer.js";
import { accountNumber, createCaller, type GraphClientOptions } from "./caller.js";

/** What can be looked at. None of the calls throws for anything that Meta or a network does. */
export interface Inspector {
  /**
   * What Meta knows about the token that the call is made with. It stands in the query: that URL is a
   * secret.
   * @see https://developers.facebook.com/docs/graph-api/reference/debug_token
   */
  describeToken(): Promise<Answer>;
  /** @see https://developers.facebook.com/docs/graph-api/reference/user/permissions */
  listPermissions(): Promise<Answer>;
  /** An ad account, given with or without `act_`; its fields separated by commas. */
  readAdAccount(adAccountId: string, fields: string): Promise<Answer>;
  readPixel(pixelId: string, fields: string): Promise<Answer>;
}

/** Makes an inspector; nothing is resolved or sent until a call is made. */
export function createInspector(options: GraphClientOptions): Inspector {
  const { graph, call } = createCaller(options);
  return {
    describeToken: async () => {
      const token = await options.accessToken();
      if (!token.ok) return { kind: "not_sent", problem: token.error };
      const query = { input_token: token.value };
      return call((init) => graph.GET("/debug_token", { params: { query }, ...init }));
    },
    listPermissions: () =>
      call((init) =>
        graph.GET("/me/permissions", { params: { query: { limit: PERMISSIONS } }, ...init }),
      ),
    readAdAccount: (adAccountId, fields) =>
      call((init) =>
        graph.GET("/act_{ad_account_id}", {
          params: { path: { ad_account_id: accountNumber(adAccountId) }, query: { fields } },
          ...init,
        }),
      ),
    readPixel: (pixelId, fields) =>
      call((init) =>
        graph.GET("/{object_id}", {
          params: { path: { object_id: pixelId }, query: { fields } },
          ...init,
        }),
      ),
  };
}

/** More than there are, so that they come on one page. */
const PERMISSIONS = 500;
