package kith.node.feature.administration;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.delete;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.onSuccess;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.Directives.pathEnd;
import static org.apache.pekko.http.javadsl.server.Directives.pathPrefix;
import static org.apache.pekko.http.javadsl.server.Directives.post;
import static org.apache.pekko.http.javadsl.server.PathMatchers.segment;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import kith.node.audit.AuditAct;
import kith.node.auth.ServerAct;
import kith.node.auth.ServerInvitations;
import kith.node.gateway.http.AdministratorGate;
import kith.node.gateway.http.Bodies;
import kith.node.gateway.http.Permitted.Caller;
import kith.node.gateway.http.QueryFields;
import kith.node.gateway.http.ServerInvitationRoutes;
import kith.protocol.rest.Administration.CreateInvitation;
import kith.protocol.rest.Administration.InvitationPage;
import kith.protocol.rest.Administration.ListedInvitation;
import org.apache.pekko.http.javadsl.server.Route;

/// `/v1/admin/invitations`: invitations to sign up.
record InvitationAdministration(
    ServerInvitations invitations, AdministratorGate gate, Bodies bodies, int mostOnAPage) {
  Route route() {
    return pathPrefix(
        segment("v1").slash("admin").slash("invitations"),
        () ->
            concat(
                pathEnd(() ->
                    concat(
                        get(() -> gate.read(ServerAct.INVITE_USERS, "invitations", this::list)),
                        post(() -> gate.run(ServerAct.INVITE_USERS, this::create)))),
                path(
                    segment(),
                    invitation ->
                        delete(() ->
                            gate.run(
                                ServerAct.INVITE_USERS, caller -> revoke(caller, invitation))))));
  }

  private Route list() {
    return QueryFields.read(
        Set.of("limit"),
        query -> {
          var limit = query.limit(mostOnAPage);
          return onSuccess(
              invitations.list(query.text("after"), limit + 1),
              found -> complete(Bodies.json(200, page(found, limit))));
        });
  }

  private static InvitationPage page(List<ServerInvitations.Valid> found, int limit) {
    return new InvitationPage(
        found.stream()
            .limit(limit)
            .map(it ->
                new ListedInvitation(it.invitation(), it.expires(), it.usesLeft(), it.accounts()))
            .toList(),
        found.size() <= limit ? Optional.empty() : Optional.of(found.get(limit - 1).invitation()));
  }

  private Route create(Caller caller) {
    return bodies.read(
        CreateInvitation.class,
        asked ->
            ServerInvitationRoutes.wrong(asked)
                .orElseGet(() ->
                    gate.recorded(
                        caller,
                        AuditAct.ADMIN_INVITE,
                        entry -> entry.with("for %d accounts".formatted(asked.uses())),
                        () -> routes().create(asked))));
  }

  private Route revoke(Caller caller, String invitation) {
    return gate.recorded(
        caller,
        AuditAct.ADMIN_INVITE,
        entry -> entry.with("revoked " + (invitation.length() > 64 ? "" : invitation)),
        () -> routes().revoke(invitation));
  }

  private ServerInvitationRoutes routes() {
    return new ServerInvitationRoutes(invitations, bodies);
  }
}
