package kith.node.http;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeoutException;
import kith.protocol.Code;
import kith.protocol.json.Json;
import kith.protocol.rest.ProblemDetails;
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

  private static final org.apache.pekko.http.javadsl.model.ContentType.WithFixedCharset PROBLEM =
      ContentTypes.create(
          MediaTypes.customWithFixedCharset(
              "application", "problem+json", HttpCharsets.UTF_8, java.util.Map.of(), true));

  /// The status and the sentence of a refusal.
  private record Meaning(int status, String sentence) {}

  public static Route route(Code code) {
    return Directives.complete(response(code));
  }

  public static HttpResponse response(Code code) {
    return response(code, OptionalLong.empty());
  }

  public static HttpResponse response(Code code, OptionalLong retryAfterMillis) {
    return response(code, meaning(code).sentence(), retryAfterMillis);
  }

  public static HttpResponse response(Code code, String detail, OptionalLong retryAfterMillis) {
    int status = meaning(code).status();
    var problem =
        new ProblemDetails(
            "about:blank", title(code), status, code.wire(), Optional.of(detail), retryAfterMillis);
    var response =
        HttpResponse.create()
            .withStatus(status)
            .withEntity(HttpEntities.create(PROBLEM, Json.restText(problem)));
    if (status == 401)
      response = response.addHeader(WWWAuthenticate.create(HttpChallenge.create("Bearer", "kith")));
    return retryAfterMillis.isPresent()
        ? response.addHeader(RetryAfter.create(ceilSeconds(retryAfterMillis.getAsLong())))
        : response;
  }

  /// What is said when no more is known than the code.
  public static String sentence(Code code) {
    return meaning(code).sentence();
  }

  /// Lets no answer of `route` be anything but ours: what it rejects or throws becomes a problem.
  public static Route sealed(Route route) {
    return route.seal(REJECTIONS, EXCEPTIONS);
  }

  private static final RejectionHandler REJECTIONS =
      RejectionHandler.defaultHandler().mapRejectionResponse(Problems::ours);

  private static final ExceptionHandler EXCEPTIONS =
      ExceptionHandler.newBuilder()
          .match(EntityStreamSizeException.class, _ -> route(Code.BODY_TOO_LARGE))
          .match(TimeoutException.class, _ -> route(Code.UNAVAILABLE))
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

  private static String title(Code code) {
    var words = code.wire().replace('-', ' ');
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }

  private static long ceilSeconds(long millis) {
    return (millis + 999) / 1000;
  }

  private static Meaning meaning(Code code) {
    return switch (code) {
      case MALFORMED_JSON -> new Meaning(400, "The body is not valid JSON.");
      case UNKNOWN_TYPE -> new Meaning(400, "This type is not known here.");
      case BAD_FIELD -> new Meaning(400, "A field is missing, of the wrong kind or out of range.");
      case FRAME_TOO_LARGE -> new Meaning(413, "The frame is too large.");
      case BINARY_NOT_SUPPORTED -> new Meaning(400, "Frames must be text.");
      case NOT_FOUND -> new Meaning(404, "There is nothing at this path.");
      case METHOD_NOT_ALLOWED -> new Meaning(405, "This path does not know this method.");
      case UNSUPPORTED_MEDIA_TYPE -> new Meaning(415, "The body must be application/json.");
      case BODY_TOO_LARGE -> new Meaning(413, "The body is too large.");
      case HELLO_EXPECTED -> new Meaning(400, "The first frame must be hello.");
      case HELLO_REPEATED -> new Meaning(400, "There was a hello before.");
      case HELLO_TIMEOUT -> new Meaning(408, "No hello came in time.");
      case SILENT -> new Meaning(408, "Nothing came for too long.");
      case NO_PROGRESS -> new Meaning(408, "Nothing was taken for too long.");
      case TOO_MANY_CONNECTIONS -> new Meaning(503, "There are too many connections.");
      case ORIGIN_NOT_ALLOWED -> new Meaning(403, "Pages of this origin may not do this.");
      case GOING_AWAY -> new Meaning(503, "This node is shutting down.");
      case UNAUTHENTICATED -> new Meaning(401, "There is no token, or it is not valid any more.");
      case DEVICE_ENDED -> new Meaning(401, "This device was logged out.");
      case WRONG_CREDENTIALS -> new Meaning(401, "The user name or the password is wrong.");
      case TOO_MANY_ATTEMPTS -> new Meaning(429, "There were too many attempts.");
      case USER_NAME_TAKEN -> new Meaning(409, "This user name is taken.");
      case BAD_USER_NAME -> new Meaning(400, "This cannot be a user name.");
      case PASSWORD_TOO_SHORT -> new Meaning(400, "The password needs at least 8 characters.");
      case PASSWORD_TOO_LONG -> new Meaning(400, "The password is longer than 1,024 bytes.");
      case PASSWORD_TOO_COMMON ->
          new Meaning(400, "This password is among the first that anyone would try.");
      case UNKNOWN_USER -> new Meaning(404, "There is no such user.");
      case UNKNOWN_DEVICE -> new Meaning(404, "There is no such device.");
      case TOO_MANY_DEVICES -> new Meaning(409, "Too many devices are logged in: log one out.");
      case UNKNOWN_ROOM -> new Meaning(404, "There is no such room.");
      case NOT_A_MEMBER -> new Meaning(403, "Only members of the room may do this.");
      case NOT_ALLOWED -> new Meaning(403, "Your role does not allow this.");
      case ROOM_NAME_TAKEN -> new Meaning(409, "Another public room has this name.");
      case PASSCODE_REQUIRED -> new Meaning(403, "This room asks for a passcode.");
      case WRONG_PASSCODE -> new Meaning(403, "The passcode is wrong.");
      case ROOM_FULL -> new Meaning(409, "The room is full.");
      case BANNED -> new Meaning(403, "You are banned from this room.");
      case KICKED -> new Meaning(403, "You were removed from this room.");
      case TOO_MANY_ROOMS -> new Meaning(409, "You are in as many rooms as one may be.");
      case UNKNOWN_MEMBER -> new Meaning(404, "This user is not a member of the room.");
      case LAST_OWNER -> new Meaning(409, "The room needs an owner: name another one first.");
      case UNKNOWN_INVITATION ->
          new Meaning(404, "This invitation never was, or cannot be used any more.");
      case TOO_MANY_INVITATIONS -> new Meaning(409, "The room has too many invitations.");
      case TOO_MANY_BANS -> new Meaning(409, "The room has too many bans.");
      case ROOM_DELETED -> new Meaning(404, "The room was deleted.");
      case ROOM_NOT_OPEN -> new Meaning(409, "Open the room first.");
      case TOO_MANY_OPEN_ROOMS -> new Meaning(409, "Too many rooms are open on this socket.");
      case EMPTY_BODY -> new Meaning(400, "The message is empty.");
      case BODY_TOO_LONG -> new Meaning(400, "The message is too long.");
      case UNKNOWN_MESSAGE -> new Meaning(404, "There is no such message in this room.");
      case NOT_YOUR_MESSAGE -> new Meaning(403, "Only who wrote the message may do this.");
      case MESSAGE_REDACTED -> new Meaning(410, "The message was redacted.");
      case ID_REUSED -> new Meaning(409, "This id stands for something else.");
      case RATE_LIMITED -> new Meaning(429, "This was too much at once.");
      case UNAVAILABLE -> new Meaning(503, "Not now. Try again.");
      case INTERNAL -> new Meaning(500, "Something went wrong here.");
    };
  }
}
