/** @jsxImportSource react */

/** Stands above the list, looks like a row, and is none. */
export function PromoCard() {
  return (
    <div role="status" className="zq-notice">
      Get an AI agent that responds to customers
    </div>
  );
}

/** Two more of the kind, among the rows: the away notice and WhatsApp's about the account. */
export function Lookalikes() {
  return (
    <>
      <div role="status" className="zq-row zq-lookalike">
        <div className="zq-cells">
          <div className="_4ik4 _4ik5" style={{ WebkitLineClamp: 1 }}>
            Away until 9:00 AM
          </div>
          <div className="_4ik4 _4ik5" style={{ WebkitLineClamp: 1 }}>
            Set status as available
          </div>
        </div>
      </div>
      <div role="alert" className="zq-row zq-lookalike">
        <div className="zq-cells">
          <div className="_4ik4 _4ik5" style={{ WebkitLineClamp: 1 }}>
            WhatsApp Business account
          </div>
          <div className="_4ik4 _4ik5" style={{ WebkitLineClamp: 1 }}>
            Your account needs a payment method.
          </div>
        </div>
      </div>
    </>
  );
}

/** What stands there when Facebook's page does not come up. Both sentences are attested. */
export function FailurePage() {
  return (
    <div className="zq-failure">
      <div>Something went wrong.</div> <div>We're having trouble loading your experience.</div>
    </div>
  );
}
