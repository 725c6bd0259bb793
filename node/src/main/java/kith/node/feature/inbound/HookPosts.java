package kith.node.feature.inbound;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.extractRequest;
import static org.apache.pekko.http.javadsl.server.Directives.onSuccess;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.Directives.pathPrefix;
import static org.apache.pekko.http.javadsl.server.Directives.post;
import static org.apache.pekko.http.javadsl.server.PathMatchers.segment;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import kith.node.auth.KeyedThrottle;
import kith.node.core.account.Accounts;
import kith.node.core.room.Post;
import kith.node.core.room.Program;
import kith.node.core.room.Rooms;
import kith.node.gateway.http.Bodies;
import kith.node.gateway.http.Problems;
import kith.protocol.Code;
import kith.protocol.rest.InboundHooks.HookPosted;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.server.Route;

/// `POST /v1/hooks/{token}`: a message of a program. The token in the path is enough, because
/// programs made for other chats can send nothing else.
///
/// The id of the post is derived from the sender's key, and the room accepts each id once. So a
/// repeated request gives the same message, also at another node or after a crash.
final class HookPosts {
  /// No user name begins like this.
  private static final String AUTHOR = "@";

  private static final String KEY = "The header Idempotency-Key has 1 to 255 characters.";
  private static final int LONGEST_KEY = 255;

  private final HookTable table;
  private final KeyedThrottle<String> throttle;
  private final Accounts accounts;
  private final Rooms rooms;
  private final Bodies bodies;
  private final Payloads payloads;

  HookPosts(
      HookTable table,
      KeyedThrottle<String> throttle,
      Accounts accounts,
      Rooms rooms,
      int requestBytes,
      int bodyBytes) {
    this.table = table;
    this.throttle = throttle;
    this.accounts = accounts;
    this.rooms = rooms;
    this.bodies = new Bodies(requestBytes);
    this.payloads = new Payloads(bodyBytes);
  }

  Route route() {
    return pathPrefix(
        "v1",
        () ->
            pathPrefix(
                "hooks",
                () ->
                    path(segment(), token -> post(() -> extractRequest(it -> taken(token, it))))));
  }

  private Route taken(String token, HttpRequest request) {
    var type = request.entity().getContentType().mediaType();
    if (request.entity().isKnownEmpty() || !Payloads.isReadable(type))
      return refused(
          Code.UNSUPPORTED_MEDIA_TYPE, "Send JSON, a form with `payload`, or plain text.");
    if (header(request, "Idempotency-Key").filter(key -> !isKey(key)).isPresent())
      return refused(Code.BAD_FIELD, KEY);
    return onSuccess(
        table.find(token),
        found ->
            found
                .map(hook -> limited(hook, request))
                .orElseGet(() -> Problems.route(Code.UNKNOWN_HOOK)));
  }

  private static boolean isKey(String key) {
    return !key.isBlank() && key.length() <= LONGEST_KEY;
  }

  private Route limited(HookTable.Hook hook, HttpRequest request) {
    return throttle
        .take(hook.id())
        .map(wait ->
            complete(
                Problems.response(
                    Code.RATE_LIMITED, OptionalLong.of(Math.max(1, wait.toMillis())))))
        .orElseGet(() -> bodies.text(text -> read(hook, request, text)));
  }

  private Route read(HookTable.Hook hook, HttpRequest request, String text) {
    var type = request.entity().getContentType().mediaType();
    return switch (payloads.read(type, header(request, "X-GitHub-Event"), text)) {
      case Payloads.Refused(var code, var sentence) -> refused(code, sentence);
      case Payloads.Read(var body, var isSlack) -> permitted(hook, request, body, isSlack);
    };
  }

  private Route permitted(HookTable.Hook hook, HttpRequest request, String body, boolean isSlack) {
    return onSuccess(
        accounts.serverRole(hook.account()),
        creator -> {
          if (creator.isEmpty()) return Problems.route(Code.UNAVAILABLE);
          if (!creator.get().exists()) return Problems.route(Code.UNKNOWN_HOOK);
          if (creator.get().disabled())
            return refused(
                Code.ACCOUNT_DISABLED, "An administrator has disabled the creator of this hook.");
          return onSuccess(
              rooms.submit(hook.room(), message(hook, request, body)),
              verdict ->
                  switch (verdict) {
                    case Post.Accepted accepted -> accepted(hook, accepted.seq(), isSlack);
                    case Post.Refused refused -> refusedByRoom(hook, refused);
                  });
        });
  }

  private static Post.Say message(HookTable.Hook hook, HttpRequest request, String body) {
    var key =
        header(request, "Idempotency-Key")
            .or(() -> header(request, "X-GitHub-Delivery"))
            .orElseGet(() -> UUID.randomUUID().toString());
    return new Post.Say(
        AUTHOR + hook.name(),
        postId(hook.id(), key),
        body,
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(
            new Program(Program.HOOK, Optional.of(hook.name()), Optional.of(hook.account()))));
  }

  /// The id of a post: the same key of the same hook always gives the same id.
  private static String postId(String hook, String key) {
    try {
      var digest =
          MessageDigest.getInstance("SHA-256")
              .digest((hook + "\0" + key).getBytes(StandardCharsets.UTF_8));
      return "hook-" + HexFormat.of().formatHex(digest, 0, 20);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private Route accepted(HookTable.Hook hook, long seq, boolean isSlack) {
    // the message does not depend on it
    var _ = table.used(hook.id());
    // senders that were made for Slack compare the answer with this text
    return isSlack
        ? complete(
            HttpResponse.create()
                .withEntity(HttpEntities.create(ContentTypes.TEXT_PLAIN_UTF8, "ok")))
        : complete(Bodies.json(200, new HookPosted(hook.room(), seq)));
  }

  /// The room is deleted, or the creator is not its owner: the hook has ended.
  private Route refusedByRoom(HookTable.Hook hook, Post.Refused refused) {
    return switch (refused.code()) {
      case UNKNOWN_ROOM, NOT_A_MEMBER, NOT_ALLOWED ->
          onSuccess(table.remove(hook.room(), hook.id()), _ -> Problems.route(Code.UNKNOWN_HOOK));
      default ->
          complete(
              Problems.response(refused.code(), refused.sentence(), refused.retryAfterMillis()));
    };
  }

  private static Route refused(Code code, String sentence) {
    return complete(Problems.response(code, sentence, OptionalLong.empty()));
  }

  private static Optional<String> header(HttpRequest request, String name) {
    return request.getHeader(name).map(HttpHeader::value);
  }
}
