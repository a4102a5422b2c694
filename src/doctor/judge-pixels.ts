import type { AskedMeta, PixelFacts } from "./facts.js";
import type { Finding } from "./finding.js";
import { PAGES } from "./pages.js";

/** Judges the pixels that events go to. */
export function judgePixels({ pixels, adAccountId }: AskedMeta): readonly Finding[] {
  return pixels.flatMap((pixel) => judgePixel(pixel, adAccountId));
}

function judgePixel({ pixelId, state }: PixelFacts, adAccountId: string): readonly Finding[] {
  if (state.kind === "not_asked") return [];
  if (state.kind === "refused")
    return state.unsent || state.byToken
      ? []
      : [
          {
            code: "pixel.unreachable",
            severity: "warning",
            message: state.missing
              ? `there is no pixel ${pixelId}, or the token may not see it`
              : `Meta did not tell about the pixel ${pixelId}`,
            remedy: state.missing
              ? "Check its number, and give the token's owner the pixel in the Events Manager."
              : state.summary,
            page: state.page ?? PAGES.pixel,
          },
        ];
  const { isUnavailable, ownerAccountId } = state.value;
  const found: Finding[] = [];
  if (isUnavailable)
    found.push({
      code: "pixel.unavailable",
      severity: "warning",
      message: `Meta calls the pixel ${pixelId} unavailable: its events are of no use`,
      remedy: "See in the Events Manager what is wrong with it, or send to another one.",
      page: PAGES.pixel,
    });
  if (ownerAccountId !== undefined && ownerAccountId !== adAccountId)
    found.push({
      code: "pixel.other_account",
      severity: "note",
      message: `the pixel ${pixelId} belongs to the ad account ${ownerAccountId}, not to ${adAccountId}`,
      remedy: "Make sure that it is the right one, and that it is shared with your ad account.",
      page: PAGES.pixel,
    });
  return found;
}
