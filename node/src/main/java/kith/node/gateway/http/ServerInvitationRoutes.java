package kith.node.gateway.http;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.delete;
import static org.apache.pekko.http.javadsl.server.Directives.onSuccess;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.Directives.pathEnd;
import static org.apache.pekko.http.javadsl.server.Directives.pathPrefix;
import static org.apache.pekko.http.javadsl.server.Directives.post;
import static org.apache.pekko.http.javadsl.server.PathMatchers.segment;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.Supplier;
import kith.node.auth.ServerInvitations;
import kith.node.platform.config.Intervals;
import kith.node.platform.config.Portions;
import kith.protocol.Code;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.server.Route;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `POST /invitations` and `DELETE /invitations/{id}`: invitations to sign up, for operators on the
/// node's own machine.
public final class ServerInvitationRoutes {
  private static final Logger LOG = LoggerFactory.getLogger(ServerInvitationRoutes.class);

  private static final String RANGES =
      "An invitation is for 1 to %d accounts, and valid for 1 minute to %d days."
          .formatted(Portions.INVITED_ACCOUNTS, Intervals.LONGEST_INVITATION.toDays());

  /// An operator's request.
  public record Ask(int uses, long validMillis) {
    boolean isUsable() {
      return uses >= 1
          && uses <= Portions.INVITED_ACCOUNTS
          && validMillis >= Intervals.SHORTEST_INVITATION.toMillis()
          && validMillis <= Intervals.LONGEST_INVITATION.toMillis();
    }
  }

  private final ServerInvitations invitations;
  private final Bodies bodies;

  public ServerInvitationRoutes(ServerInvitations invitations, Bodies bodies) {
    this.invitations = invitations;
    this.bodies = bodies;
  }

  public Route route() {
    return pathPrefix(
        "invitations",
        () ->
            concat(
                pathEnd(() -> post(() -> operator(this::create))),
                path(segment(), invitation -> delete(() -> operator(() -> revoke(invitation))))));
  }

  private static Route operator(Supplier<Route> inner) {
    return OnlyOperators.run("Invitations can be created and revoked", inner);
  }

  private Route create() {
    return bodies.read(
        Ask.class,
        asked -> {
          if (!asked.isUsable())
            return complete(Problems.response(Code.BAD_FIELD, RANGES, OptionalLong.empty()));
          var created = invitations.create(asked.uses(), Duration.ofMillis(asked.validMillis()));
          return onSuccess(
              created,
              made -> {
                LOG.info("Invitation {} created for {} accounts", made.invitation(), made.uses());
                return complete(Bodies.json(201, made));
              });
        });
  }

  private Route revoke(String invitation) {
    return onSuccess(
        invitations.revoke(invitation),
        wasThere ->
            wasThere
                ? complete(HttpResponse.create().withStatus(204))
                : Problems.route(Code.UNKNOWN_INVITATION));
  }
}
