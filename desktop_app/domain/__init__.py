"""Values and rules of the trade, pure: stories, versions, sign-offs, policies, pictures, comparison."""
