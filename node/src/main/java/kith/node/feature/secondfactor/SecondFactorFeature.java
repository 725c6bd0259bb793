package kith.node.feature.secondfactor;

import java.time.Clock;
import java.util.List;
import kith.node.audit.Audit;
import kith.node.auth.Tokens;
import kith.node.auth.WrappedSecrets;
import kith.node.core.account.AccountPart;
import kith.node.core.account.Memberships;
import kith.node.core.room.Rooms;
import kith.node.feature.Feature;
import kith.node.gateway.http.Edge;
import kith.node.platform.config.AccountSettings;
import kith.node.platform.config.SignInIntervals;
import kith.node.platform.database.Jdbc;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.server.Route;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A second factor for accounts with a password. The account stores whether it has one and which
/// codes were used; the secrets of apps are in a table.
public final class SecondFactorFeature implements Feature {
  private static final Logger LOG = LoggerFactory.getLogger(SecondFactorFeature.class);

  private final ActorSystem<?> system;
  private final FactorTable table;
  private final AccountSettings.SecondFactor policy;
  private final Tokens tokens;
  private final Audit audit;
  private final Clock clock;

  public SecondFactorFeature(
      ActorSystem<?> system,
      Jdbc jdbc,
      AccountSettings settings,
      Tokens tokens,
      Audit audit,
      Clock clock) {
    this.system = system;
    this.table =
        new FactorTable(
            jdbc, new WrappedSecrets(settings.tokenKeys(), "kith second factor encryption"));
    this.policy = settings.secondFactor();
    this.tokens = tokens;
    this.audit = audit;
    this.clock = clock;
  }

  @Override
  public List<String> names() {
    return List.of("second-factor");
  }

  @Override
  public List<AccountPart.Factory<?>> accountParts(Rooms rooms, Memberships memberships) {
    return List.of(AccountSecondFactor.part(table, policy));
  }

  @Override
  public List<String> accountTables() {
    return List.of(FactorTable.TABLE);
  }

  @Override
  public void start(Edge edge) {
    // other nodes may not have a new secret of the operator yet
    var _ =
        system
            .scheduler()
            .scheduleWithFixedDelay(
                SignInIntervals.SECRETS_REWRAP,
                SignInIntervals.SECRETS_REWRAP,
                this::rewrap,
                system.executionContext());
  }

  @Override
  public List<Route> routes(Edge edge) {
    return List.of(new SecondFactorRoutes(edge, tokens, audit, clock).route());
  }

  @Override
  public List<Route> administratorRoutes(Edge edge) {
    return List.of(new FactorAdministration(edge).route());
  }

  private void rewrap() {
    var _ =
        table
            .rewrap()
            .whenComplete((count, fault) -> {
              if (fault != null) LOG.warn("Second factors were not encrypted again", fault);
              else if (count > 0) LOG.info("{} second factors were encrypted again", count);
            });
  }
}
