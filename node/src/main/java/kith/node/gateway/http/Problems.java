package kith.node.gateway.http;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import kith.node.platform.database.DatabaseFailure;
import kith.node.platform.objects.Unavailable;
import kith.protocol.Code;
import kith.protocol.json.Json;
import kith.protocol.rest.ProblemDetails;
import org.apache.pekko.http.javadsl.model.AttributeKey;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpCharsets;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.http.javadsl.model.headers.HttpChallenge;
import org.apache.pekko.http.javadsl.model.headers.RetryAfter;
import org.apache.pekko.http.javadsl.model.headers.WWWAuthenticate;
import org.apache.pekko.http.javadsl.server.Directives;
import org.apache.pekko.http.javadsl.server.ExceptionHandler;
import org.apache.pekko.http.javadsl.server.RejectionHandler;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.http.scaladsl.model.EntityStreamSizeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Turns every refusal into an HTTP status and a problem (RFC 9457) with its stable code.
public final class Problems {
  private Problems() {}

  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

  private static final ContentType.WithFixedCharset PROBLEM =
      ContentTypes.create(
          MediaTypes.customWithFixedCharset(
              "application", "problem+json", HttpCharsets.UTF_8, Map.of(), true));

  /// A header that is not sent to the client: the metrics read it.
  private static final AttributeKey<Code> CODE = AttributeKey.create("kith-code", Code.class);

  /// The code of a refusal.
  static Optional<Code> code(HttpResponse response) {
    return response.getAttribute(CODE);
  }

  public static Route route(Code code) {
    return Directives.complete(response(code));
  }

  public static HttpResponse response(Code code) {
    return response(code, OptionalLong.empty());
  }

  public static HttpResponse response(Code code, OptionalLong retryAfterMillis) {
    return response(code, code.sentence(), retryAfterMillis);
  }

  public static HttpResponse response(Code code, String detail, OptionalLong retryAfterMillis) {
    return response(code, status(code), detail, retryAfterMillis);
  }

  /// A problem with a status other than the code's own: HTTP has several statuses for an invalid
  /// request.
  static HttpResponse response(Code code, int status) {
    return response(code, status, code.sentence(), OptionalLong.empty());
  }

  /// @param ticket the ticket with which the client continues
  static HttpResponse withTicket(Code code, String ticket) {
    return response(code, status(code), code.sentence(), OptionalLong.empty(), Optional.of(ticket));
  }

  private static HttpResponse response(
      Code code, int status, String detail, OptionalLong retryAfterMillis) {
    return response(code, status, detail, retryAfterMillis, Optional.empty());
  }

  private static HttpResponse response(
      Code code,
      int status,
      String detail,
      OptionalLong retryAfterMillis,
      Optional<String> ticket) {
    var problem =
        new ProblemDetails(
            "about:blank",
            title(code),
            status,
            code.wire(),
            Optional.of(detail),
            retryAfterMillis,
            ticket);
    var response =
        HttpResponse.create()
            .withStatus(status)
            .withEntity(HttpEntities.create(PROBLEM, Json.restText(problem)))
            .addAttribute(CODE, code);
    if (status == 401)
      response = response.addHeader(WWWAuthenticate.create(HttpChallenge.create("Bearer", "kith")));
    return retryAfterMillis.isPresent()
        ? response.addHeader(RetryAfter.create(ceilSeconds(retryAfterMillis.getAsLong())))
        : response;
  }

  /// Makes every rejection, exception and timeout of `route` a problem.
  public static Route sealed(Route route) {
    return Directives.withRequestTimeoutResponse(
        _ -> response(Code.UNAVAILABLE), () -> sealedWithoutTimeout(route));
  }

  /// The same for requests that do not come through pekko-http, which has no timeout for them.
  public static Route sealedWithoutTimeout(Route route) {
    return route.seal(REJECTIONS, EXCEPTIONS);
  }

  private static final RejectionHandler REJECTIONS =
      RejectionHandler.defaultHandler().mapRejectionResponse(Problems::ours);

  private static final ExceptionHandler EXCEPTIONS =
      ExceptionHandler.newBuilder()
          .match(EntityStreamSizeException.class, _ -> route(Code.BODY_TOO_LARGE))
          .match(TimeoutException.class, _ -> route(Code.UNAVAILABLE))
          .match(RejectedExecutionException.class, _ -> route(Code.UNAVAILABLE))
          .match(
              Unavailable.class,
              fault -> {
                LOG.warn("A request failed because {}", fault.getMessage());
                return route(Code.UNAVAILABLE);
              })
          // its cause is not logged: it may hold a row
          .match(
              DatabaseFailure.class,
              fault -> {
                LOG.error("A request failed because of the database: {}", fault.getMessage());
                return route(Code.UNAVAILABLE);
              })
          .matchAny(fault -> {
            LOG.error("A request failed", fault);
            return route(Code.INTERNAL);
          })
          .build();

  private static HttpResponse ours(HttpResponse rejection) {
    var code =
        switch (rejection.status().intValue()) {
          case 404 -> Code.NOT_FOUND;
          case 405 -> Code.METHOD_NOT_ALLOWED;
          case 413 -> Code.BODY_TOO_LARGE;
          case 415 -> Code.UNSUPPORTED_MEDIA_TYPE;
          case 401 -> Code.UNAUTHENTICATED;
          case 403 -> Code.NOT_ALLOWED;
          case 503 -> Code.UNAVAILABLE;
          default ->
              rejection.status().isFailure() && rejection.status().intValue() < 500
                  ? Code.BAD_FIELD
                  : Code.INTERNAL;
        };
    return response(code).addHeaders(rejection.getHeaders());
  }

  static String title(Code code) {
    var words = code.wire().replace('-', ' ');
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }

  private static long ceilSeconds(long millis) {
    return (millis + 999) / 1000;
  }

  private static int status(Code code) {
    return switch (code) {
      case MALFORMED_REQUEST,
          PROTOCOL_ERROR,
          NOT_UTF8,
          MALFORMED_JSON,
          UNKNOWN_TYPE,
          BAD_FIELD,
          BINARY_NOT_SUPPORTED,
          HELLO_EXPECTED,
          HELLO_REPEATED,
          BAD_USER_NAME,
          PASSWORD_TOO_SHORT,
          PASSWORD_TOO_LONG,
          PASSWORD_TOO_COMMON,
          PASSCODE_TOO_SHORT,
          WRONG_DIGEST,
          BAD_PICTURE,
          EMPTY_BODY,
          TEXT_NOT_ACCEPTED,
          BODY_TOO_LONG,
          BAD_SEARCH ->
          400;
      case UNAUTHENTICATED,
          DEVICE_ENDED,
          SIGN_IN_AGAIN,
          WRONG_CREDENTIALS,
          SECOND_FACTOR_REQUIRED,
          WRONG_CODE,
          TICKET_EXPIRED ->
          401;
      case ORIGIN_NOT_ALLOWED,
          NOT_A_MEMBER,
          NOT_ALLOWED,
          BOT_NOT_ALLOWED,
          ROOM_ARCHIVED,
          READ_ONLY,
          MUTED,
          PASSCODE_REQUIRED,
          WRONG_PASSCODE,
          ACCOUNT_DISABLED,
          SECOND_FACTOR_SETUP_REQUIRED,
          PASSWORDS_OFF,
          SIGN_IN_REFUSED,
          NETWORK_BANNED,
          BANNED,
          KICKED,
          SIGN_UP_CLOSED,
          INVITATION_REQUIRED,
          NOT_YOUR_MESSAGE,
          REQUEST_REQUIRED,
          APPROVAL_REQUIRED,
          JOIN_DECLINED,
          ADDRESS_NOT_ALLOWED ->
          403;
      case NOT_FOUND,
          UNKNOWN_USER,
          UNKNOWN_DEVICE,
          UNKNOWN_PROVIDER,
          UNKNOWN_IDENTITY,
          UNKNOWN_ROOM,
          UNKNOWN_MEMBER,
          UNKNOWN_INVITATION,
          ROOM_DELETED,
          UNKNOWN_MESSAGE,
          UNKNOWN_FILE,
          NO_THUMBNAIL,
          NO_PICTURE,
          UNKNOWN_HOOK,
          UNKNOWN_COMMAND,
          UNKNOWN_CALL,
          UNKNOWN_REPORT,
          UNKNOWN_JOIN_REQUEST,
          UNKNOWN_WEBHOOK,
          UNKNOWN_RECEIVER,
          NOT_REACTED,
          NOT_PINNED ->
          404;
      case FILE_INFECTED -> 422;
      case METHOD_NOT_ALLOWED -> 405;
      case REQUEST_TIMEOUT, HELLO_TIMEOUT, SILENT, NO_PROGRESS, NO_ANSWER -> 408;
      case USER_NAME_TAKEN,
          SECOND_FACTOR_ON,
          SIGN_IN_PENDING,
          NAME_NEEDED,
          IDENTITY_LINKED,
          LAST_IDENTITY,
          SECOND_FACTOR_OFF,
          NO_PASSWORD,
          TOO_MANY_DEVICES,
          TOO_MANY_BOTS,
          ROOM_NAME_TAKEN,
          ROOM_FULL,
          TOO_MANY_ROOMS,
          LAST_OWNER,
          TOO_MANY_INVITATIONS,
          TOO_MANY_BANS,
          TOO_MANY_MUTES,
          TOO_MANY_JOIN_REQUESTS,
          APPROVAL_NOT_REQUIRED,
          TOO_MANY_REPORTS,
          REPORT_HANDLED,
          TOO_MANY_ANNOUNCEMENTS,
          TOO_MANY_BLOCKED,
          TOO_MANY_CONTACTS,
          ROOM_NOT_OPEN,
          TOO_MANY_OPEN_ROOMS,
          ALREADY_REACTED,
          TOO_MANY_REACTIONS,
          ALREADY_PINNED,
          TOO_MANY_PINS,
          TOO_MANY_BOOKMARKS,
          TOO_MANY_THREADS,
          TOO_MANY_REMINDERS,
          FILE_INCOMPLETE,
          FILE_BEING_CHECKED,
          FILE_ALREADY_SENT,
          WRONG_OFFSET,
          TOO_MANY_UPLOADS,
          QUOTA_EXCEEDED,
          TOO_MANY_HOOKS,
          COMMAND_TAKEN,
          TOO_MANY_COMMANDS,
          CALL_OVER,
          TOO_MANY_WEBHOOKS,
          TOO_MANY_RECEIVERS,
          WEBHOOK_ENDED,
          CALLER_AWAY,
          EMAIL_OFF,
          EMAIL_NOT_SENT,
          BOT_FAILED,
          ID_REUSED,
          CLOSED ->
          409;
      case MESSAGE_REDACTED -> 410;
      case FRAME_TOO_LARGE, BODY_TOO_LARGE, FILE_TOO_LARGE -> 413;
      case UNSUPPORTED_MEDIA_TYPE -> 415;
      case RANGE_NOT_SATISFIABLE -> 416;
      case HOST_NOT_ALLOWED -> 421;
      case TOO_MANY_ATTEMPTS, TOO_MANY_REQUESTS, TOO_MANY_CALLS, RATE_LIMITED, SLOW_MODE -> 429;
      case INTERNAL -> 500;
      case PROVIDER_UNAVAILABLE, TOO_MANY_CONNECTIONS, GOING_AWAY, MAINTENANCE, UNAVAILABLE -> 503;
    };
  }
}
