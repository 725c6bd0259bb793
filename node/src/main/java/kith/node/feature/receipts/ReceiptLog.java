package kith.node.feature.receipts;

import java.util.List;
import java.util.concurrent.CompletionStage;

/// The stored receipts of rooms, which are about one second old.
public interface ReceiptLog {
  CompletionStage<List<Receipt>> of(String room);
}
