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
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import kith.node.auth.ServerInvitations;
import kith.node.platform.config.Intervals;
import kith.node.platform.config.Portions;
import kith.protocol.Code;
import kith.protocol.rest.Administration.CreateInvitation;
import kith.protocol.rest.Administration.MadeInvitation;
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
        CreateInvitation.class, asked -> wrong(asked).orElseGet(() -> create(asked)));
  }

  /// The refusal of a request for an invitation, if it is not acceptable.
  public static Optional<Route> wrong(CreateInvitation asked) {
    var isWithin =
        asked.uses() >= 1
            && asked.uses() <= Portions.INVITED_ACCOUNTS
            && asked.validMillis() >= Intervals.SHORTEST_INVITATION.toMillis()
            && asked.validMillis() <= Intervals.LONGEST_INVITATION.toMillis();
    return isWithin
        ? Optional.empty()
        : Optional.of(complete(Problems.response(Code.BAD_FIELD, RANGES, OptionalLong.empty())));
  }

  /// Creates an invitation, after [#wrong].
  public Route create(CreateInvitation asked) {
    return onSuccess(
        invitations.create(asked.uses(), Duration.ofMillis(asked.validMillis())),
        made -> {
          LOG.info("Invitation {} created for {} accounts", made.invitation(), made.uses());
          return complete(
              Bodies.json(
                  201,
                  new MadeInvitation(
                      made.invitation(), made.token(), made.expires(), made.uses())));
        });
  }

  public Route revoke(String invitation) {
    return onSuccess(
        invitations.revoke(invitation),
        wasThere ->
            wasThere
                ? complete(HttpResponse.create().withStatus(204))
                : Problems.route(Code.UNKNOWN_INVITATION));
  }
}
