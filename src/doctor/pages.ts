/** Meta's pages about what is found, where no error of Meta's names its own. */
export const PAGES = {
  token: "https://developers.facebook.com/docs/graph-api/reference/debug_token",
  systemUser:
    "https://developers.facebook.com/docs/business-management-apis/system-users/install-apps-and-generate-tokens",
  permissions: "https://developers.facebook.com/docs/permissions#ads_management",
  account: "https://developers.facebook.com/docs/marketing-api/reference/ad-account",
  terms:
    "https://developers.facebook.com/documentation/ads-commerce/marketing-api/audiences/reference/custom-audience-terms-of-service",
  audience:
    "https://developers.facebook.com/documentation/ads-commerce/marketing-api/reference/custom-audience",
  pixel:
    "https://developers.facebook.com/documentation/ads-commerce/marketing-api/reference/ads-pixel",
  graphVersions: "https://developers.facebook.com/docs/graph-api/changelog/versions",
  marketingVersions:
    "https://developers.facebook.com/documentation/ads-commerce/marketing-api/marketing-api-changelog/versions",
  events:
    "https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/server-event",
} as const;
