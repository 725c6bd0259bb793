package kith.node.gateway.http;

import kith.node.core.account.Accounts;
import kith.node.core.room.Rooms;

/// The services that feature routes use: the caller's identity and permissions, the accounts and
/// rooms of the node, and the log-in of devices.
public record Edge(
    Accounts accounts,
    Rooms rooms,
    Authenticated authenticated,
    Permitted permitted,
    AdministratorGate administrators,
    Bodies bodies,
    Throttling throttling,
    Admissions admissions,
    SignUpAdmission signUps) {}
