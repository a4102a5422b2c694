/** Runs before every test file: whatever would leave this machine fails at once. */
import nock from "nock";

const LOOPBACK = /^(127\.0\.0\.1|localhost|\[?::1\]?)(:\d+)?$/;

nock.disableNetConnect();
nock.enableNetConnect(LOOPBACK);
