// A push service and the browser behind it, in one program: it decrypts what a node sends with http_ece, a library that
// has no code in common with Kith, and checks the signature of the server with the crypto of Node.js.
//
//   node receiver.mjs [PORT]
//
// Prints the command that registers it, and then a line of JSON for each notification. Exits with 1 at the first request
// that a browser could not read.
import { createECDH, createPublicKey, randomBytes, verify } from "node:crypto";
import { createServer } from "node:http";
import ece from "http_ece";

const port = Number(process.argv[2] ?? 18390);
const here = `http://127.0.0.1:${port}`;
const browser = createECDH("prime256v1");
browser.generateKeys();
const auth = randomBytes(16).toString("base64url");

// RFC 8292: the key is an uncompressed point, the token a JWT with ES256.
function claims(authorization) {
  const [, token, key] = /^vapid t=([^,]+), ?k=(\S+)$/.exec(authorization ?? "") ?? [];
  if (!token) throw new Error("The header Authorization is not that of VAPID.");
  const point = Buffer.from(key, "base64url");
  const jwk = {
    kty: "EC",
    crv: "P-256",
    x: point.subarray(1, 33).toString("base64url"),
    y: point.subarray(33, 65).toString("base64url"),
  };
  const [head, body, signature] = token.split(".");
  const isRight = verify(
    "sha256",
    Buffer.from(`${head}.${body}`),
    { key: createPublicKey({ key: jwk, format: "jwk" }), dsaEncoding: "ieee-p1363" },
    Buffer.from(signature, "base64url"),
  );
  if (!isRight) throw new Error("The signature of the server is wrong.");
  const said = JSON.parse(Buffer.from(body, "base64url"));
  if (said.aud !== here) throw new Error(`The token is for ${said.aud}.`);
  const left = said.exp - Date.now() / 1000;
  if (left <= 0 || left > 24 * 3600) throw new Error(`The token is valid for ${left} s.`);
  return said;
}

function notification(request, body) {
  if (request.headers["content-encoding"] !== "aes128gcm") throw new Error("The content is not aes128gcm.");
  if (!/^\d+$/.test(request.headers.ttl ?? "")) throw new Error("The header TTL is missing.");
  const content = ece.decrypt(body, { version: "aes128gcm", privateKey: browser, authSecret: auth });
  return {
    ttl: Number(request.headers.ttl),
    urgency: request.headers.urgency,
    topic: request.headers.topic,
    claims: claims(request.headers.authorization),
    content: JSON.parse(content),
  };
}

createServer(async (request, response) => {
  const parts = [];
  for await (const part of request) parts.push(part);
  try {
    console.log(JSON.stringify(notification(request, Buffer.concat(parts))));
    response.writeHead(201).end();
  } catch (fault) {
    console.error(`The request cannot be read: ${fault.message}`);
    response.writeHead(400).end(() => process.exit(1));
  }
}).listen(port, "127.0.0.1", () => {
  console.log(
    `./kith push add ${here}/subscription --p256dh ${browser.getPublicKey("base64url")} --auth ${auth}`,
  );
});
