select * from accepted_tickets
